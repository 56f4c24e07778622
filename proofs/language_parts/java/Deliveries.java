import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives a real delivery of a webhook, and checks its signature as Pinwheel's documentation describes it. */
final class Deliveries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Delivery(Headers headers, byte[] body) {}

    private Deliveries() {}

    /** Whether what was delivered is what was registered for, signed with the secret. */
    static boolean receive(JsonNode plan) throws Exception {
        CompletableFuture<Delivery> arrived = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhooks", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            arrived.complete(new Delivery(exchange.getRequestHeaders(), body));
        });
        server.start();
        String version = plan.get("version").asText();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks";
        List<String> events = List.of("income.added");
        JsonNode webhook = post(
                plan,
                "/v1/webhooks",
                Map.of("url", url, "status", "active", "enabled_events", events, "version", version));
        post(plan, "/_sandbox/events", Map.of("event", "income.added", "account_id", plan.get("account").asText()));
        Delivery got = arrived.get(30, TimeUnit.SECONDS);
        server.stop(0);
        byte[] other = got.body().clone();
        other[0] ^= 1;
        String secret = plan.get("secret").asText();
        return signed(secret, got.headers(), got.body())
                && !signed(secret, got.headers(), other)
                && webhook.at("/data/id").asText().equals(got.headers().getFirst("x-pinwheel-webhook-id"))
                && version.equals(got.headers().getFirst("pinwheel-version"))
                && JSON.readTree(got.body()).at("/event").asText().equals(events.get(0));
    }

    static boolean signed(String secret, Headers headers, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(("v2:" + headers.getFirst("x-timestamp") + ":").getBytes(StandardCharsets.UTF_8));
        byte[] wanted = ("v2=" + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
        byte[] sent = headers.getFirst("x-pinwheel-signature").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(wanted, sent);
    }

    private static JsonNode post(JsonNode plan, String path, Object body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(plan.get("base").asText() + path))
                .header("Content-Type", "application/json")
                .header("Pinwheel-Version", plan.get("version").asText())
                .header("x-api-secret", plan.get("secret").asText())
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
