using Spectre.Console;

namespace GridWorld.Cli;

/// <summary>A progress bar on stderr, where that is a terminal.</summary>
internal static class Progress
{
    public static Task ShowAsync(Run run, bool isQuiet, Func<Action, Task> follow) => isQuiet ? follow(() => { }) : ShowAsync(run, follow);

    static Task ShowAsync(Run run, Func<Action, Task> follow)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("", maxValue: run.Specification.Episodes ?? double.MaxValue);
                return follow(() =>
                {
                    var status = run.View.Status();
                    bar.Value = status.Episodes;
                    bar.Description = Markup.Escape(FormattableString.Invariant(
                        $"episode {status.Episodes:N0}, {status.StepsPerSecond / 1e6:F1} million steps/s, return {status.MeanReturnLast100:F1}"));
                });
            });
    }
}
