using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace GridWorld.Cli;

/// <summary>Solves a world exactly.</summary>
internal static class SolveCommand
{
    static readonly Option DiscountFactor = Options.Value("--discount-factor", "NUMBER",
        "Weight of later rewards, from 0 to 1. Default 1.");
    static readonly Option Values = Options.Flag("--values",
        "Also print the value and the best actions of every state that is not a wall.");

    static readonly Option Passes = Options.Value("--passes", "K",
        "Instead of the optimum, the values after K synchronous passes of value iteration from 0.");
    static readonly Option Over = Options.Value("--over", "PARAMETER=FROM:TO",
        "Where in a range the optimal policies change: step_reward, discount_factor, slip, rewards.X or exits.X (X is a tile).");

    const int MostChanges = 6;

    public static Command Make() => CommandAction.Command("solve", "Solve a world exactly.",
        [.. WorldInput.All, DiscountFactor, Values, Passes, Over, Options.Json], Run);

    static void Run(ParsedOptions given)
    {
        double discountFactor = given.Number(DiscountFactor, "a number from 0 to 1") ?? 1;
        given.Faults.Require(discountFactor is >= 0 and <= 1,
            $"Discount factor must be between 0 and 1 (got {Printable.Number(discountFactor)}).");
        int? passes = given.Whole(Passes, 1);
        var range = RangeOf(given);
        given.Faults.Require(passes is null || range is null, "Give --passes or --over, not both.");
        var read = WorldInput.Read(given);
        given.Faults.ThrowIfAny();
        var world = read!;
        if (range is var (parameter, from, to))
        {
            PrintOver(given, world, Planner.Breakpoints(world, parameter, from, to, discountFactor));
            return;
        }

        if (passes is { } count)
        {
            PrintPass(given, world, Planner.Passes(world.Compile(), discountFactor).Take(count).Last(), count);
            return;
        }

        long begun = Stopwatch.GetTimestamp();
        var mdp = world.Compile();
        Training.Warn(mdp);
        var plan = Planner.Solve(mdp, discountFactor);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (given.Flag(Options.Json))
            Json.Print(SolveReport.Of(world, plan, seconds, given.Flag(Values)), ReportJson.Default.SolveReport);
        else
            Print(world, plan, given.Flag(Values));
    }

    static void Print(World world, Plan plan, bool values)
    {
        Facts.Print(("start value", plan.StartValue), ("iterations", plan.Iterations), ("states", world.States));
        if (values)
            PrintStates(world, plan.Values, plan.BestActions);
    }

    static void PrintStates(World world, IReadOnlyList<double> values, Func<int, IReadOnlyList<int>> best)
    {
        Console.Out.WriteLine();
        Facts.Table(["state", "x", "y", "value", "best actions"], [.. Enumerable.Range(0, world.States).Select(s => new object?[]
        {
            s, world.CellOf(s).X, world.CellOf(s).Y, world.IsWall(s) ? "" : values[s], world.IsWall(s) ? "" : Names(world, best(s)),
        })]);
    }

    static string Names(World world, IReadOnlyList<int> actions) => string.Join(" ", actions.Select(a => world.ActionNames[a]));

    static void PrintPass(ParsedOptions given, World world, PlanningPass pass, int passes)
    {
        if (given.Flag(Options.Json))
        {
            Json.Print(new(pass.StartValue, passes, world.States, 0, SolveReport.Each(world, s => (double?)pass.Values[s]),
                SolveReport.Each(world, s => pass.BestActions(s).ToArray())), ReportJson.Default.SolveReport);
            return;
        }

        Facts.Print(("start value", pass.StartValue), ("passes", passes), ("states", world.States));
        PrintStates(world, pass.Values, pass.BestActions);
    }

    static void PrintOver(ParsedOptions given, World world, PolicyBreakpoints found)
    {
        if (given.Flag(Options.Json))
        {
            Json.Print(new(found.Parameter, found.From, found.To, found.Breakpoints,
                [.. found.Plans.Select(plan => SolveReport.Each(world, s => plan.BestActions(s).ToArray()))]),
                ReportJson.Default.BreakpointsReport);
            return;
        }

        double[] ends = [found.From, .. found.Breakpoints, found.To];
        Facts.Table([$"{found.Parameter} from", "to", "states whose best actions change at the lower end"],
        [
            .. found.Plans.Select((plan, i) =>
                new object?[] { ends[i], ends[i + 1], i == 0 ? "" : Changes(world, found.Plans[i - 1], plan) }),
        ]);
    }

    static string Changes(World world, Plan before, Plan plan)
    {
        string[] all = [.. Enumerable.Range(0, world.States).Where(s => !world.IsWall(s)
            && !before.BestActions(s).SequenceEqual(plan.BestActions(s))).Select(s => string.Create(CultureInfo.InvariantCulture,
            $"({world.CellOf(s).X}, {world.CellOf(s).Y}): {Names(world, before.BestActions(s))} → {Names(world, plan.BestActions(s))}"))];
        return string.Join("; ", all.Take(MostChanges)) + (all.Length > MostChanges ? $"; and {all.Length - MostChanges} more" : "");
    }

    // PARAMETER=FROM:TO
    static (string Parameter, double From, double To)? RangeOf(ParsedOptions given)
    {
        if (given.Text(Over) is not { } text)
            return null;
        string[] sides = text.Split('='), ends = sides[^1].Split(':');
        if (sides.Length == 2 && ends.Length == 2 && Number(ends[0], out double from) && Number(ends[1], out double to))
            return (sides[0], from, to);
        given.Faults.Add($"--over must be PARAMETER=FROM:TO, for example step_reward=-2:0 (got {Printable.Text(text)}).");
        return null;

        static bool Number(string word, out double number) =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
