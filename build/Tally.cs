namespace GridWorld.Build;

/// <summary>The numbers of passed, failed and skipped tests.</summary>
public readonly record struct Tally(int Passed, int Failed = 0, int Skipped = 0)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);

    public override string ToString() =>
        $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
