export default {
  input: process.env.DOCUMENT,
  output: { path: "client", module: { extension: ".js" } },
  plugins: [
    "@hey-api/client-fetch",
    "@hey-api/typescript",
    // Pinwheel writes times with +00:00, and those of shifts with the offset of the place.
    { name: "zod", dates: { offset: true } },
    // Only answers are checked: what is there to check a request takes no headers for headers that are there.
    { name: "@hey-api/sdk", validator: { response: "zod" } },
  ],
};
