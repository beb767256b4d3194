namespace GridWorld.Build;

/// <summary>How many tests passed, failed and were skipped.</summary>
public readonly record struct Tally(int Passed, int Failed = 0, int Skipped = 0)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);

    public override string ToString() =>
        $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
