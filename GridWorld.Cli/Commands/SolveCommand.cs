using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace GridWorld.Cli;

/// <summary>Solves a world exactly.</summary>
internal static class SolveCommand
{
    static readonly Option DiscountFactor = Options.Value("--discount-factor", "NUMBER",
        "Weight of later rewards, from 0 to 1. Default 1.");
    static readonly Option Values = Options.Flag("--values",
        "Also print the value and the best actions of every state that is not a wall.");

    public static Command Make() =>
        CommandAction.Command("solve", "Solve a world exactly.", [.. WorldInput.All, DiscountFactor, Values, Options.Json], Run);

    static void Run(ParsedOptions given)
    {
        double discountFactor = given.Number(DiscountFactor, "a number from 0 to 1") ?? 1;
        given.Faults.Require(discountFactor is >= 0 and <= 1,
            $"Discount factor must be between 0 and 1 (got {Printable.Number(discountFactor)}).");
        var read = WorldInput.Read(given);
        given.Faults.ThrowIfAny();
        var world = read!;
        long begun = Stopwatch.GetTimestamp();
        var plan = Planner.Solve(world.Compile(), discountFactor);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (given.Flag(Options.Json))
            Json.Print(SolveReport.Of(world, plan, seconds, given.Flag(Values)), ReportJson.Default.SolveReport);
        else
            Print(world, plan, given.Flag(Values));
    }

    static void Print(World world, Plan plan, bool values)
    {
        Facts.Print(("start value", plan.StartValue), ("iterations", plan.Iterations), ("states", world.States));
        if (!values)
            return;
        Console.Out.WriteLine();
        Facts.Table(["state", "x", "y", "value", "best actions"], [.. Enumerable.Range(0, world.States).Select(s => new object?[]
        {
            s, world.CellOf(s).X, world.CellOf(s).Y, world.IsWall(s)
                ? "" : plan.Values[s], world.IsWall(s) ? "" : string.Join(" ", plan.BestActions(s).Select(a => world.ActionNames[a])),
        })]);
    }
}

/// <summary>What <c>solve --json</c> prints; the values and the best actions are null on walls.</summary>
internal sealed record SolveReport(double StartValue, long Iterations, int States, double Seconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double?[]? Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]?[]? Actions)
{
    public static SolveReport Of(World world, Plan plan, double seconds, bool values) =>
        new(plan.StartValue, plan.Iterations, world.States, seconds,
        values ? Each(world, s => (double?)plan.Values[s]) : null, values ? Each(world, s => plan.BestActions(s).ToArray()) : null);

    static T?[] Each<T>(World world, Func<int, T?> read) =>
        [.. Enumerable.Range(0, world.States).Select(s => world.IsWall(s) ? default : read(s))];
}
