using Spectre.Console;

namespace GridWorld.Cli;

/// <summary>Shows a progress bar if stderr is a terminal. Otherwise, a verification prints one line every ten seconds.</summary>
internal static class Progress
{
    public static Task ShowAsync(Run run, bool isQuiet, Func<Action, Task> follow) => isQuiet ? follow(() => { }) : ShowAsync(run, follow);

    /// <summary>Shows the progress of a verification.</summary>
    public static Task<T> ShowAsync<T>(string id, bool isQuiet, Func<IProgress<VerifyProgress>, Task<T>> verify) => isQuiet
        ? verify(new Lines())
        : Bars().StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(id));
            return verify(new Bar(bar));
        });

    static Task ShowAsync(Run run, Func<Action, Task> follow) => Bars().StartAsync(context =>
    {
        var bar = context.AddTask("", maxValue: run.Specification.Episodes ?? double.MaxValue);
        return follow(() =>
        {
            var status = run.Status();
            bar.Value = status.Episodes;
            bar.Description = Markup.Escape(FormattableString.Invariant(
                $"episode {status.Episodes:N0}, {status.StepsPerSecond / 1e6:F1} million steps/s, return {status.MeanReturnLast100:F1}"));
        });
    });

    /// <summary>Shows the progress of an ensemble.</summary>
    public static Task ShowAsync(Ensemble ensemble, bool isQuiet, Func<Action, Task> follow) => isQuiet ? follow(() => { })
        : Bars().StartAsync(context =>
        {
            var bar = context.AddTask("", maxValue: ensemble.Specification.Episodes ?? double.MaxValue);
            return follow(() =>
            {
                var status = ensemble.Status();
                bar.Value = status.Episodes;
                bar.Description = FormattableString.Invariant(
                    $"{status.Seeds} seeds, episode {status.Episodes:N0}, {status.StepsPerSecond / 1e6:F1} million steps/s");
            });
        });

    /// <summary>Shows the progress of a sweep, with the time left.</summary>
    public static Task ShowAsync(SweepRun sweep, bool isQuiet, Func<Action, Task> follow) => isQuiet ? follow(() => { })
        : Bars().StartAsync(context =>
        {
            var bar = context.AddTask("", maxValue: Math.Max(1, sweep.Status().Trials));
            return follow(() =>
            {
                var status = sweep.Status();
                bar.Value = status.Ended;
                bar.Description = Markup.Escape(FormattableString.Invariant($"{status.Ended:N0} of {status.Trials:N0} trials, ")
                    + FormattableString.Invariant($"{(status.Seconds > 0 ? status.Steps / status.Seconds / 1e6 : 0):F1} million steps/s")
                    + (status.Failed > 0 ? FormattableString.Invariant($", {status.Failed:N0} failed") : ""));
            });
        });

    static Spectre.Console.Progress Bars() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
        new RemainingTimeColumn());

    sealed class Bar(ProgressTask bar) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => (bar.MaxValue, bar.Value) = (Math.Max(value.Episodes, 1), value.Episode);
    }

    sealed class Lines : IProgress<VerifyProgress>
    {
        static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
        long last = TimeProvider.System.GetTimestamp();

        public void Report(VerifyProgress value)
        {
            if (TimeProvider.System.GetElapsedTime(last) < Every)
                return;
            last = TimeProvider.System.GetTimestamp();
            Console.Error.WriteLine($"{value.RunId}: compared {value.Episode} of {value.Episodes} episodes");
        }
    }
}
