using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>A user's simulator whose states are checked, because the loop uses them to address its tables.</summary>
internal struct GuardedSimulator<TSimulator>(TSimulator simulator) : ISimulator where TSimulator : struct, ISimulator
{
    readonly int states = simulator.States, actions = simulator.Actions;
    TSimulator simulator = simulator;

    public readonly int States => states;

    public readonly int Actions => actions;

    public int Start(ref Rng world)
    {
        int state = simulator.Start(ref world);
        if ((uint)state >= (uint)states)
            Refuse("Start", state);
        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
    {
        var step = simulator.Step(state, action, ref lastAction, ref world);
        if ((uint)step.State >= (uint)states)
            Refuse("Step", step.State);
        return step;
    }

    readonly void Refuse(string method, int state) =>
        throw new InputException($"{typeof(TSimulator).Name}.{method} returned state {state}. A state must be between 0 and {states - 1}.");
}
