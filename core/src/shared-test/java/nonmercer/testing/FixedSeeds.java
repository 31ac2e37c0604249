package nonmercer.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/// Gives every property that names no seed a fixed one: a hash of its class and method, so that a
/// run repeats the run before it and a failure is a failure for everybody.
///
/// `-Dnonmercer.seed=random` leaves the choice to jqwik, `-Dnonmercer.seed=N` moves every property
/// to other cases.
public final class FixedSeeds implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
        String seed = System.getProperty("nonmercer.seed", "1");
        if (!seed.equals("random") && context.attributes().seed().isEmpty()) {
            String name =
                    context.containerClass().getName() + "." + context.targetMethod().getName();
            context.attributes()
                    .setSeed(Long.toString(Long.parseLong(seed) * 1_000_003L + name.hashCode()));
        }
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
