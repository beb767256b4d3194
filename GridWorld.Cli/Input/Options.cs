using System.CommandLine;
using System.CommandLine.Completions;

namespace GridWorld.Cli;

/// <summary>Declares options. A value is taken as text and read later, so that all errors can be reported together.</summary>
internal static class Options
{
    static readonly HashSet<Option> required = [];
    static readonly Dictionary<Argument, ArgumentArity> words = [];

    /// <param name="suggest">The words that a shell offers as the value; given the folder of the runs.</param>
    public static Option Value(string name, string valueName, string description, Func<string, IEnumerable<string>>? suggest = null)
    {
        var option = new Option<string>(name) { Description = description, HelpName = valueName, Arity = ArgumentArity.ExactlyOne };
        Suggest(option.CompletionSources, suggest);
        return option;
    }

    /// <summary>An option that may be given without its value.</summary>
    public static Option Optional(string name, string valueName, string description) =>
        new Option<string>(name) { Description = description, HelpName = valueName, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>
    /// A required option. The command reports a missing one together with all other errors, so the library must not report it.
    /// </summary>
    public static Option Required(string name, string valueName, string description, Func<string, IEnumerable<string>>? suggest = null)
    {
        var option = Value(name, valueName, description, suggest);
        required.Add(option);
        return option;
    }

    /// <summary>Words that the command counts itself, for the same reason. Help shows the allowed number.</summary>
    public static Argument<string[]> Words(string name, string description, ArgumentArity taken,
        Func<string, IEnumerable<string>>? suggest = null)
    {
        var argument = new Argument<string[]>(name) { Description = description, HelpName = name, Arity = ArgumentArity.ZeroOrMore };
        Suggest(argument.CompletionSources, suggest);
        words.Add(argument, taken);
        return argument;
    }

    static void Suggest(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, Func<string, IEnumerable<string>>? suggest)
    {
        if (suggest is not null)
            sources.Add(context => suggest(new ParsedOptions(context.ParseResult).Text(Store) ?? RunOptions.DefaultStore));
    }

    /// <summary>Marks the required options and words of a command while help is printed.</summary>
    public static async Task<int> MarkedAsync(Command command, Func<Task<int>> help)
    {
        Mark(command, isHelp: true);
        try
        {
            return await help();
        }
        finally
        {
            Mark(command, isHelp: false);
        }
    }

    static void Mark(Command command, bool isHelp)
    {
        foreach (var option in command.Options.Where(required.Contains))
            option.Required = isHelp;
        foreach (var argument in command.Arguments.Where(words.ContainsKey))
            argument.Arity = isHelp ? words[argument] : ArgumentArity.ZeroOrMore;
        command.TreatUnmatchedTokensAsErrors = isHelp; // otherwise help lists additional arguments
    }

    public static Option Flag(string name, string description) =>
        new Option<bool>(name) { Description = description, Arity = ArgumentArity.Zero };

    public static readonly Option Json = Flag("--json", "Print JSON.");
    public static readonly Option Store = Value("--store", "DIR",
        "The folder of the runs. Default: GRIDWORLD_STORE, otherwise .gridworld.");
}
