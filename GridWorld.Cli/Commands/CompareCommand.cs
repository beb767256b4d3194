using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Compares stored runs.</summary>
internal static class CompareCommand
{
    public static Command Make() =>
        CommandAction.Command("compare", "Compare stored runs.", [RunInput.Runs, Options.Store, Options.Json], Run);

    static void Run(ParsedOptions given)
    {
        var runs = RunInput.Several(given, atLeast: 2).Select(r => Summaries.Facts(RunInput.View(given, r))).ToList();
        if (given.Flag(Options.Json))
            Json.PrintRows([.. runs[0].Select(f => f.Name)], runs.Select(r => r.Select(f => f.Value).ToArray()));
        else
            Facts.Table([.. runs.Select(r => r[0].Value!.ToString()!).Prepend("")],
                [.. runs[0].Select((fact, i) => runs.Select(r => Facts.Shown(fact.Name, r[i].Value)).Prepend(fact.Name.Replace('_', ' '))
                .ToArray()).Skip(1)
                    .Where(row => row[0] is not "message" && row.Skip(1).Any(value => value is not null))]);
    }
}
