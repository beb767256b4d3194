using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Prints the script that completes this command line in a shell. The script asks the command itself, with [suggest].</summary>
internal static class CompletionCommand
{
    static readonly string[] shells = ["bash", "zsh", "fish", "pwsh"];
    static readonly Argument<string[]> Shell = Options.Words("SHELL", $"The shell: {string.Join(", ", shells)}.", ArgumentArity.ExactlyOne,
        _ => shells);

    public static Command Make() => CommandAction.Command("completion",
        "Print a script that completes commands, options, worlds, learners and runs in a shell. Its first lines say how to load it.",
        [Shell], Run);

    static void Run(ParsedOptions given)
    {
        var words = given.Words(Shell);
        given.Faults.Require(words is [var word] && shells.Contains(word),
            $"Name one shell: {string.Join(", ", shells)}. For example: source <(gridworld completion bash)").ThrowIfAny();
        using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"gridworld.{words[0]}")!;
        using var reader = new StreamReader(script);
        Console.Out.Write(reader.ReadToEnd());
    }
}
