import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.http.HttpRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes the steps of a plan with a generated client: java Drive PACKAGE PLAN APIS, where
 * APIS is the folder with the sources of the calls. Prints one JSON object a step: how many
 * calls it took, and what the client refused. The methods are found by name, so that one file serves every document.
 */
public class Drive {
    static ObjectMapper mapper;
    static final Map<String, Object> kept = new TreeMap<>();
    static String bearer;

    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        JsonNode plan = new ObjectMapper().readTree(new File(arguments[1]));
        Class<?> clientClass = Class.forName(name + ".ApiClient");
        Object client = clientClass.getConstructor().newInstance();
        clientClass.getMethod("updateBaseUri", String.class).invoke(client, plan.get("base").asText());
        mapper = (ObjectMapper) clientClass.getMethod("getObjectMapper").invoke(client);
        // Stricter than the generator's own setting: what the document does not name is refused.
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);
        clientClass.getMethod("setObjectMapper", ObjectMapper.class).invoke(client, mapper);
        Consumer<HttpRequest.Builder> headers = request -> {
            request.setHeader("Pinwheel-Version", plan.get("version").asText());
            if (bearer == null) {
                request.setHeader("x-api-secret", plan.get("secret").asText());
            } else {
                request.setHeader("Authorization", "Bearer " + bearer);
            }
        };
        clientClass.getMethod("setRequestInterceptor", Consumer.class).invoke(client, headers);
        Map<String, Method> methods = new TreeMap<>();
        for (File source : new File(arguments[2]).listFiles()) {
            String api = source.getName().replace(".java", "");
            for (Method method : Class.forName(name + ".api." + api).getMethods()) {
                methods.put(plain(method.getName()), method);
            }
        }
        Map<String, Object> delivery = new TreeMap<>(Map.of("operation", "a delivery", "calls", 1));
        if (!Deliveries.receive(plan)) {
            delivery.put("refused", "not what was to be delivered");
        }
        System.out.println(new ObjectMapper().writeValueAsString(delivery));
        for (JsonNode step : plan.get("steps")) {
            take(step, methods.get(plain(step.get("operation").asText()) + "withhttpinfo"), clientClass, client);
        }
    }

    static void take(JsonNode step, Method method, Class<?> clientClass, Object client) throws Exception {
        Map<String, Object> line = new TreeMap<>();
        line.put("operation", step.get("operation").asText());
        int calls = 0;
        int status = 0;
        try {
            String cursor = null;
            do {
                bearer = step.has("bearer") ? (String) kept.get(step.get("bearer").asText()) : null;
                Object api = method.getDeclaringClass().getConstructor(clientClass).newInstance(client);
                Object answer = method.invoke(api, values(step, method.getParameters(), cursor));
                calls++;
                status = (int) answer.getClass().getMethod("getStatusCode").invoke(answer);
                JsonNode body = mapper.valueToTree(answer.getClass().getMethod("getData").invoke(answer));
                Iterator<Map.Entry<String, JsonNode>> keeps = step.get("keep").fields();
                while (keeps.hasNext()) {
                    Map.Entry<String, JsonNode> keep = keeps.next();
                    kept.put(keep.getKey(), body.at(keep.getValue().asText()).asText());
                }
                cursor = body.at("/meta/next_cursor").asText(null);
            } while (cursor != null && step.get("pages").asBoolean());
        } catch (InvocationTargetException raised) {
            Throwable cause = raised.getCause();
            calls++;
            try {
                status = (int) cause.getClass().getMethod("getCode").invoke(cause);
            } catch (NoSuchMethodException other) {
                status = 0;
            }
            if (status != step.get("status").asInt()) {
                line.put("refused", String.valueOf(cause));
            }
        }
        if (status != step.get("status").asInt() && !line.containsKey("refused")) {
            line.put("refused", "answered " + status);
        }
        line.put("calls", calls);
        System.out.println(new ObjectMapper().writeValueAsString(line));
    }

    static Object[] values(JsonNode step, Parameter[] parameters, String cursor) {
        Object[] found = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            JavaType type = mapper.getTypeFactory().constructType(parameters[i].getParameterizedType());
            String name = plain(parameters[i].getName());
            if (name.equals("cursor") && cursor != null) {
                found[i] = cursor;
                continue;
            }
            JsonNode given = null;
            Iterator<Map.Entry<String, JsonNode>> all = step.get("arguments").fields();
            while (all.hasNext()) {
                Map.Entry<String, JsonNode> one = all.next();
                if (plain(one.getKey()).equals(name)) {
                    given = one.getValue();
                }
            }
            boolean model = parameters[i].getType().getName().contains(".model.") && !parameters[i].getType().isEnum();
            if (given == null && model) {
                given = step.get("body");
            }
            if (given != null && !given.isNull()) {
                found[i] = mapper.convertValue(filled(given), type);
            }
        }
        return found;
    }

    /** What an earlier step kept stands in the plan as "$name". */
    static Object filled(JsonNode given) {
        return fill(mapper.convertValue(given, Object.class));
    }

    @SuppressWarnings("unchecked")
    static Object fill(Object value) {
        if (value instanceof String && ((String) value).startsWith("$")) {
            return kept.get(((String) value).substring(1));
        }
        if (value instanceof Map) {
            ((Map<String, Object>) value).replaceAll((key, old) -> fill(old));
        }
        if (value instanceof List) {
            ((List<Object>) value).replaceAll(Drive::fill);
        }
        return value;
    }

    static String plain(String name) {
        return name.toLowerCase().replaceAll("[^a-z0-9]", "");
    }
}
