namespace GridWorld;

/// <summary>Checks that there is enough memory to solve a world, so that viewing a run does not exhaust the memory of the run.</summary>
internal static class PlanMemory
{
    // A high estimate: it gives 320 MB for a slippery world of a million states, which could not be solved with 180 MB.
    const long BytesPerState = 128, BytesPerPair = 24, BytesPerOutcome = 8;

    /// <summary>The reason that a world is not solved; null if there is enough memory.</summary>
    public static string? Refusal(Mdp mdp) => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var all
        ? Refusal(mdp, all - GC.GetTotalMemory(forceFullCollection: false))
        : null;

    /// <param name="mdp">The world's tables.</param>
    /// <param name="free">Free memory in bytes.</param>
    public static string? Refusal(Mdp mdp, long free)
    {
        // With sticky actions, the last action is part of the planned state.
        long states = mdp.Sticky > 0 ? mdp.States * (mdp.Actions + 1L) : mdp.States;
        long needed = states * (BytesPerState + mdp.Actions * (BytesPerPair + BytesPerOutcome * mdp.OutcomesPerPair));
        return needed <= free
            ? null
            : $"The optimum is not computed: solving this world takes about {needed >> 20} MB of memory, "
                + $"and {Math.Max(0, free) >> 20} MB are free.";
    }
}
