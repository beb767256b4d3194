using System.CommandLine;
using System.Diagnostics;

namespace GridWorld.Cli;

/// <summary>Solves a world exactly.</summary>
internal static class SolveCommand
{
    static readonly Option DiscountFactor = Options.Value("--discount-factor", "NUMBER", "How much a later reward counts, from 0 to 1. Default 1.");
    static readonly Option Values = Options.Flag("--values", "Also print the value of every state and its best actions; walls have none.");

    public static Command Make() => CommandAction.Command("solve", "Solve a world exactly.", [.. WorldInput.All, DiscountFactor, Values, Options.Json], Run);

    static void Run(Given given)
    {
        double discountFactor = given.Number(DiscountFactor, "a number from 0 to 1") ?? 1;
        given.Faults.Require(discountFactor is >= 0 and <= 1, $"Discount factor must be between 0 and 1 (got {Printable.Number(discountFactor)}).");
        var read = WorldInput.Read(given);
        given.Faults.ThrowIfAny();
        var world = read!;
        long begun = Stopwatch.GetTimestamp();
        var plan = Planner.Solve(world.Compile(), discountFactor);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (given.Flag(Options.Json))
            PrintJson(world, plan, seconds, given.Flag(Values));
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
            s, world.CellOf(s).X, world.CellOf(s).Y, world.IsWall(s) ? "" : plan.Values[s], world.IsWall(s) ? "" : string.Join(" ", plan.BestActions(s).Select(a => world.ActionNames[a])),
        })]);
    }

    static void PrintJson(World world, Plan plan, double seconds, bool values) => Json.PrintObject(json =>
    {
        json.Number("start_value", plan.StartValue);
        json.WriteNumber("iterations", plan.Iterations);
        json.WriteNumber("states", world.States);
        json.WriteNumber("seconds", seconds);
        if (!values)
            return;
        json.WriteStartArray("values");
        for (int s = 0; s < world.States; s++)
            json.Number(world.IsWall(s) ? null : plan.Values[s]);
        json.WriteEndArray();
        json.WriteStartArray("actions");
        for (int s = 0; s < world.States; s++)
        {
            if (world.IsWall(s))
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartArray();
            foreach (int action in plan.BestActions(s))
                json.WriteNumberValue(action);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });
}
