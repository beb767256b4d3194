using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Options as they are declared: a value is taken as text and read later, so that all faults are told at once.</summary>
internal static class Options
{
    public static Option Value(string name, string valueName, string description) =>
        new Option<string>(name) { Description = description, HelpName = valueName, Arity = ArgumentArity.ExactlyOne };

    public static Option Flag(string name, string description) => new Option<bool>(name) { Description = description, Arity = ArgumentArity.Zero };

    public static readonly Option Json = Flag("--json", "Print JSON.");
    public static readonly Option Store = Value("--store", "DIR", "The folder of the runs. Default: GRIDWORLD_STORE, else .gridworld.");
}
