using System.Globalization;

namespace GridWorld;

/// <summary>A run in words.</summary>
internal static class RunText
{
    public static string Line(RunStatus status, Run run) => string.Create(CultureInfo.InvariantCulture,
        $"{Printable.Line(status.Name)}: {Printable.Line(run.Specification.Learner.Name)} in {Printable.Line(run.World.Name)}, seed {run.Specification.Seed}, {status.State.ToString().ToLowerInvariant()} after {status.Episodes:N0} episodes and {status.Steps:N0} steps, mean return of the last 100: {status.MeanReturnLast100:0.###}");
}
