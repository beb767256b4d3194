namespace GridWorld;

/// <summary>
/// A stored run that is resumed from a named checkpoint. Everything after the checkpoint is dropped: episodes, checkpoints and changes. The
/// events of dropped changes keep their numbers but no longer have an effect.
/// </summary>
/// <param name="Run">The run as of the checkpoint.</param>
/// <param name="Rewritten">The dropped events, in the form in which they are stored.</param>
/// <param name="Words">The description of what was dropped, in a sentence.</param>
internal sealed record GoingBack(StoredRun Run, IReadOnlyList<RunEvent> Rewritten, string Words)
{
    /// <param name="stored">The run as of the checkpoint.</param>
    public static GoingBack To(StoredRun stored)
    {
        var (at, name) = (stored.From!.Episode, stored.From.Name!);
        // A change at the same boundary is later if it was requested after the checkpoint.
        long mark = stored.Events.LastOrDefault(e => e.Kind == RunEventKind.Checkpoint && e.Message == name && e.Episode == at)?.Seq
            ?? stored.From.LastEventSeq;
        var later = stored.Events.FindAll(IsLater);
        return new(stored with { Events = stored.Events.ConvertAll(e => IsLater(e) ? Dropped(e) : e) }, later.ConvertAll(Dropped),
            Sentence());

        bool IsLater(RunEvent e) => e.IsChange
            ? e.Episode > at || (e.Episode == at && e.Seq > mark) : e.Kind == RunEventKind.Checkpoint && e.Episode > at;

        RunEvent Dropped(RunEvent e) => e with
        {
            Kind = RunEventKind.Dropped,
            Message = $"{What(e)}: dropped, because the run was resumed from the checkpoint '{name}' after episode {at}.",
        };

        string Sentence()
        {
            string[] names = [.. stored.Checkpoints.Where(c => c.Episode > at).Select(c => c.Name).OfType<string>().Distinct()];
            string named = string.Join(", ", names.Select(n => $"'{n}'"));
            int changes = later.Count(e => e.IsChange);
            string[] dropped =
            [
                .. stored.Progress.Episode > at ? [$"episodes {at + 1} to {stored.Progress.Episode}"] : Array.Empty<string>(),
                .. changes > 0 ? [changes == 1 ? "1 change" : $"{changes} changes"] : Array.Empty<string>(),
                .. names.Length > 0 ? [$"the checkpoint{(names.Length == 1 ? "" : "s")} {named}"] : Array.Empty<string>(),
            ];
            return $"From the checkpoint '{name}'.{(dropped.Length == 0 ? "" : $" Dropped: {string.Join("; ", dropped)}.")}";
        }
    }

    static string What(RunEvent e) => e.Kind == RunEventKind.Checkpoint ? $"the checkpoint '{e.Message}'" : $"the change of {e.Param}";
}
