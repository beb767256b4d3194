using GridWorld.Cluster;
using Spectre.Console;

namespace GridWorld.Cli;

/// <summary>Shows a progress bar if stderr is a terminal. Otherwise, a verification prints one line every ten seconds.</summary>
internal static class Progress
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50), SweepInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows the progress of a run.</summary>
    public static Task ShowAsync(Run run, bool isQuiet, Func<Action, Task> follow) =>
        ShowAsync(isQuiet, run.Specification.Episodes, follow, () =>
        {
            var status = run.Status();
            return (status.Episodes, run.Specification.IsPlanned
                ? FormattableString.Invariant($"pass {status.Episodes:N0}, value {status.MeanReturnLast100:G4} at the start")
                : FormattableString.Invariant(
                $"episode {status.Episodes:N0}, {status.StepsPerSecond / 1e6:F1} million steps/s, return {status.MeanReturnLast100:F1}"));
        });

    /// <summary>Shows the progress of an ensemble to its end.</summary>
    public static Task FollowAsync(Ensemble ensemble) => FollowAsync(ensemble.Completion, Interval, ensemble.Specification.Episodes, () =>
    {
        var status = ensemble.Status();
        return (status.Episodes, FormattableString.Invariant(
            $"{status.Seeds} seeds, episode {status.Episodes:N0}, {status.StepsPerSecond / 1e6:F1} million steps/s"));
    });

    /// <summary>Shows the progress of a sweep, with the time left and its workers, to its end.</summary>
    public static Task FollowAsync(SweepRun sweep) =>
        FollowAsync(sweep.Completion, SweepInterval, Math.Max(1, sweep.Status().Trials), () =>
        {
            var status = sweep.Status();
            return (status.Ended, FormattableString.Invariant($"{status.Ended:N0} of {status.Trials:N0} trials, ")
                + FormattableString.Invariant($"{(status.Seconds > 0 ? status.Steps / status.Seconds / 1e6 : 0):F1} million steps/s")
                + (status.Failed > 0 ? FormattableString.Invariant($", {status.Failed:N0} failed") : ""));
        }, () => [.. sweep.Board.Workers().Select(w => $"{w}")]);

    static Task FollowAsync(Task completion, TimeSpan every, long? most, Func<(long Done, string Words)> now,
        Func<string[]>? others = null) => ShowAsync(Console.IsErrorRedirected, most, async update =>
        {
            while (await Task.WhenAny(completion, Task.Delay(every)) != completion)
                update();
        }, now, others);

    static Task ShowAsync(bool isQuiet, long? most, Func<Action, Task> follow, Func<(long Done, string Words)> now,
        Func<string[]>? others = null) => isQuiet ? follow(() => { }) : Bars().StartAsync(context =>
        {
            var bar = context.AddTask("", maxValue: most ?? double.MaxValue);
            var lines = new List<ProgressTask>();
            return follow(() =>
            {
                var (done, words) = now();
                (bar.Value, bar.Description) = (done, Markup.Escape(words));
                string[] more = others?.Invoke() ?? [];
                while (lines.Count < more.Length)
                    lines.Add(context.AddTask("", autoStart: false));
                foreach (var (line, text) in lines.Zip(more))
                    line.Description = Markup.Escape(text);
            });
        });

    /// <summary>Shows the progress of a verification.</summary>
    public static Task<T> ShowAsync<T>(string id, bool isQuiet, Func<IProgress<VerifyProgress>, Task<T>> verify) => isQuiet
        ? verify(new Lines())
        : Bars().StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(id));
            return verify(new Bar(bar));
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
