using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Words of a command line that mean nothing, and what they may have been meant to be.</summary>
internal static class UnknownWords
{
    public static void Report(ParseResult parsed, Faults faults)
    {
        var command = parsed.CommandResult.Command;
        bool afterUnknownOption = false;
        foreach (string word in parsed.UnmatchedTokens)
        {
            bool isOption = word.StartsWith('-') && word.Length > 1;
            // The word after an option that does not exist is most likely its value: one fault, not two.
            if (isOption)
                faults.Add($"There is no option '{Printable.Text(word)}'.{Hint(word.Split('=', ':')[0], OptionNames(command), command)}");
            else if (!afterUnknownOption)
                faults.Add(command.Subcommands.Any()
                    ? $"There is no command '{Printable.Text(word)}'.{Hint(word, command.Subcommands.Select(c => c.Name), command)}"
                    : $"'{Printable.Text(word)}' does not belong here. Every option of {command.Name} has a name; see gridworld {command.Name} --help.");
            afterUnknownOption = isOption && !word.Contains('=');
        }
    }

    static IEnumerable<string> OptionNames(Command command) => command.Options.Select(o => o.Name).Append("--help");

    static string Hint(string word, IEnumerable<string> known, Command command) => NearNames.Of(word, known) is { Count: > 0 } near
        ? $" Did you mean {string.Join(" or ", near)}?"
        : command.Subcommands.Any() && !word.StartsWith('-') ? $" Use one of {string.Join(", ", known)}." : $" See gridworld {(command is RootCommand ? "" : command.Name + " ")}--help.";
}
