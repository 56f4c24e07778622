package jakarta.annotation;

/** The generated client is marked with it; of the library that has it nothing else is needed. */
public @interface Nonnull {
    String[] value() default {};

    String comments() default "";
}
