namespace GridWorld.Tests;

public class CellDisplayTests
{
    [Fact]
    public async Task Cell_goes_on_to_the_end_of_the_run_and_leaves_the_last_picture()
    {
        var shown = new List<CellOutput>();
        var run = Worlds.CliffWalking().Train(episodes: 300, options: RunOptions.InMemory with { StartPaused = true });

        var showing = CellDisplay.RunAsync(run, Host(shown),
            cancellationToken: TestContext.Current.CancellationToken);
        run.Resume();
        await showing;

        Assert.Equal(RunState.Completed, run.State);
        Assert.StartsWith("paused: 0 of 300 episodes", shown[0].Text.Split('\n')[1]);
        Assert.DoesNotContain("<script>", shown[0].Html);
        Assert.StartsWith("completed: 300 episodes", shown[^1].Text.Split('\n')[1]);
        Assert.Contains("<script>", shown[^1].Html);
    }

    [Fact]
    public async Task Inline_picture_and_numbers_are_renewed_without_a_link()
    {
        var shown = new List<CellOutput>();
        var run = Worlds.CliffWalking().Train(episodes: 300, options: RunOptions.InMemory with { StartPaused = true });

        var showing = CellDisplay.RunAsync(run, Host(shown), DisplayMode.Inline, TestContext.Current.CancellationToken);
        run.Resume();
        await showing;

        Assert.True(shown.Count >= 2, "The cell showed the run once only.");
        Assert.StartsWith("completed: 300 episodes", shown[^1].Text.Split('\n')[1]);
        Assert.All(shown, output =>
        {
            Assert.Contains("<img src=\"data:image/png", output.Html);
            Assert.DoesNotContain("127.0.0.1", output.Html + output.Text);
            Assert.DoesNotContain("<script", output.Html);
        });
    }

    [Fact]
    public async Task Run_that_has_ended_is_shown_once()
    {
        var shown = new List<CellOutput>();

        await CellDisplay.RunAsync(Trained.In(Worlds.CliffWalking()), Host(shown),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(shown);
    }

    [Fact]
    public async Task Stopped_cell_leaves_the_run_training()
    {
        var shown = new List<CellOutput>();
        using var stop = new CancellationTokenSource();
        var run = Worlds.CliffWalking().Train(episodes: null, options: RunOptions.InMemory with { Pace = 1000 });

        var awaiting = CellDisplay.AwaitAsync(run, Host(shown, stop));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => awaiting);
        Assert.Equal(RunState.Training, run.State);
        run.Stop();
    }

    [Fact]
    public async Task Run_can_be_awaited_where_no_cell_runs() =>
        await CellDisplay.AwaitAsync(Trained.In(Worlds.CliffWalking()), new KernelHost { Display = _ => null });

    static KernelHost Host(List<CellOutput> shown, CancellationTokenSource? stop = null) => new()
    {
        Cancellation = () => stop?.Token ?? default,
        Display = first =>
        {
            Add(first);
            return Add;

            void Add(object value) => shown.Add(((ICellOutput)value).Output());
        },
    };
}
