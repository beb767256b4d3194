using System.Globalization;

namespace GridWorld;

/// <summary>A run in words.</summary>
internal static class RunText
{
    public static string Line(RunStatus status, Run run) => string.Create(CultureInfo.InvariantCulture,
        $"{status.Name}: {run.Specification.Learner.Name} in {run.World.Name}, seed {run.Specification.Seed}, {status.State.ToString().ToLowerInvariant()} after {status.Episodes:N0} episodes and {status.Steps:N0} steps, mean return of the last 100: {status.MeanReturnLast100:0.###}");
}
