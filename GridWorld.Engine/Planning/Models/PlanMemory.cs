namespace GridWorld;

/// <summary>Whether the memory that is left is enough to solve a world: looking at a run must not use up its memory.</summary>
internal static class PlanMemory
{
    // An estimate, high rather than low: a slippery world of a million states, for which it gives 320 MB, was not solved with 180.
    const long BytesPerState = 128, BytesPerPair = 24, BytesPerOutcome = 8;

    /// <summary>Why a world is not solved; null where memory is enough.</summary>
    public static string? Refusal(Mdp mdp) => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var all ? Refusal(mdp, all - GC.GetTotalMemory(forceFullCollection: false)) : null;

    /// <param name="mdp">The world's tables.</param>
    /// <param name="free">Bytes that are free.</param>
    public static string? Refusal(Mdp mdp, long free)
    {
        // Sticky actions are planned with the last action as a part of the state.
        long states = mdp.Sticky > 0 ? mdp.States * (mdp.Actions + 1L) : mdp.States;
        long needed = states * (BytesPerState + mdp.Actions * (BytesPerPair + BytesPerOutcome * mdp.OutcomesPerPair));
        return needed <= free ? null : $"The optimum is not computed: solving this world takes about {needed >> 20} MB of memory, and {Math.Max(0, free) >> 20} MB are free.";
    }
}
