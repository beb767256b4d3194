using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Reports unknown words of a command line, with suggestions.</summary>
internal static class UnknownWords
{
    public static void Report(ParseResult parsed, Faults faults)
    {
        var command = parsed.CommandResult.Command;
        bool afterUnknownOption = false;
        foreach (string word in parsed.UnmatchedTokens)
        {
            bool isOption = word.StartsWith('-') && word.Length > 1;
            // The word after an unknown option is probably its value, so it is not a second error.
            if (isOption)
                faults.Add($"There is no option '{Printable.Text(word)}'.{Hint(word.Split('=', ':')[0], OptionNames(command), command)}");
            else if (!afterUnknownOption)
                faults.Add(command.Subcommands.Any()
                    ? $"There is no command '{Printable.Text(word)}'.{Hint(word, command.Subcommands.Select(c => c.Name), command)}"
                    : $"'{Printable.Text(word)}' is not an argument of {command.Name}. See gridworld {command.Name} --help.");
            afterUnknownOption = isOption && !word.Contains('=');
        }
    }

    static IEnumerable<string> OptionNames(Command command) => command.Options.Select(o => o.Name).Append("--help");

    static string Hint(string word, IEnumerable<string> known, Command command) => NearNames.Of(word, known) is { Count: > 0 } near
        ? $" Did you mean {string.Join(" or ", near)}?"
        : command.Subcommands.Any() && !word.StartsWith('-')
        ? $" Use one of {string.Join(", ", known)}." : $" See gridworld {(command is RootCommand ? "" : command.Name + " ")}--help.";
}
