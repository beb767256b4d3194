using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace GridWorld;

/// <summary><c>#!gridworld</c>, in cells of any language.</summary>
internal static partial class MagicCommand
{
    public static void AddTo(Kernel kernel)
    {
        var run = new KernelDirectiveParameter("--run", "The run's name, its id, or the beginning of its id.") { AllowImplicitName = true };
        var runs = new KernelActionDirective("runs", "Lists the stored runs.");
        var watch = new KernelActionDirective("watch", "Shows the live view of a run: #!gridworld watch NAME.")
        {
            Parameters = { run.AddCompletions(NotebookCommands.Names) },
        };
        var help = new KernelActionDirective("help", "Lists the commands.");
        var command = new KernelActionDirective("#!gridworld", "Lists runs and shows them: #!gridworld runs, #!gridworld watch NAME.")
        {
            Subcommands = { runs, watch, help },
        };
        kernel.AddDirective<Bare>(command, (bare, context) => Show(bare, context, () => NotebookCommands.Of(WordOf(context.Command))));
        kernel.AddDirective<ListRuns>(runs, (list, context) => Show(list, context, NotebookCommands.Runs));
        kernel.AddDirective<WatchRun>(watch, (watched, context) => Show(watched, context, () => NotebookCommands.Watch(watched.Run)));
        kernel.AddDirective<ShowHelp>(help, (asked, context) => Show(asked, context, NotebookCommands.Help));
    }

    static Task Show(KernelCommand command, KernelInvocationContext context, Func<object> value)
    {
        try
        {
            KernelInvocationContextExtensions.Display(context, value());
        }
        catch (InputException e)
        {
            context.Fail(command, message: e.Message);
        }

        return Task.CompletedTask;
    }

    // The kernel ignores a word that is not a subcommand.
    static string WordOf(KernelCommand cell) => cell is SubmitCode { Code: var code } ? Line().Match(code).Groups[1].Value : "";

    [GeneratedRegex(@"^#!gridworld[ \t]+(?!(?:runs|watch|help)\b)(\S+)", RegexOptions.Multiline)]
    private static partial Regex Line();

    internal sealed class Bare : KernelCommand;

    internal sealed class ListRuns : KernelCommand;

    internal sealed class ShowHelp : KernelCommand;

    internal sealed class WatchRun : KernelCommand
    {
        public string? Run { get; set; }
    }
}
