namespace GridWorld;

/// <summary>Copies of the agent's tables during training, at most one every 100 ms, and their diagnostics.</summary>
internal sealed class LiveAgent(Trainer trainer, Diagnosis diagnosis)
{
    static readonly TimeSpan CopyInterval = TimeSpan.FromMilliseconds(100);
    readonly Lock gate = new();
    AgentSnapshot? copy;
    long copied;
    Diagnostics? diagnostics;

    public Diagnosis Diagnosis => diagnosis;

    public AgentSnapshot Copy()
    {
        lock (gate)
        {
            bool current = copy is not null && trainer.Progress is var now && (copy.Step, copy.Tables) == (now.Step, now.Tables);
            bool fresh = copy is not null && trainer.Options.Time.GetElapsedTime(copied) < CopyInterval
                && trainer.State == RunState.Training;
            if (!current && !fresh)
                (copy, copied) = (trainer.Snapshot(), trainer.Options.Time.GetTimestamp());
            return copy!;
        }
    }

    public Diagnostics Diagnose(Run run, AgentSnapshot of)
    {
        lock (gate)
        {
            if (diagnostics?.Episode == of.Episode && trainer.State != RunState.Failed)
                return diagnostics;
        }

        var now = diagnosis.Of(of, run.Status(), trainer.History);
        lock (gate)
            return diagnostics = now;
    }
}
