"""Link in the browser: the modal, the page inside it, and the steps that the server takes with its user."""
