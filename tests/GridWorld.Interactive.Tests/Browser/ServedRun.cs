namespace GridWorld.Tests;

/// <summary>A run slow enough to watch, and the real page over it.</summary>
public sealed class ServedRun : IAsyncDisposable
{
    internal WidgetServer Server { get; }

    /// <param name="name">The run's name.</param>
    /// <param name="publicUrl">Where the page is reached, if not at the server itself.</param>
    /// <param name="learner">The learner. Default: Q-learning.</param>
    public ServedRun(string name = "watched", string? publicUrl = null, LearnerOptions? learner = null)
    {
        Server = WidgetServer.Start(new() { PublicUrl = publicUrl });
        Run = Worlds.CliffWalking()
            .Train(learner ?? new QLearning { LearningRate = 0.5 }, episodes: null, seed: 1, name: name,
            options: RunOptions.InMemory with { Pace = 20_000 });
        Server.Register(Run);
    }

    public Run Run { get; }

    public string Url => Server.Url(Run.Id);

    public string PublicUrl => Server.PublicUrl(Run.Id)!;

    public string ViewUrl => Server.Url(Run.Id, readOnly: true);

    public string Token => new Uri(Url).Fragment[1..].Split('/')[0];

    public string Base => Url.Split('#')[0];

    public async ValueTask DisposeAsync()
    {
        Run.Stop();
        await Run.Completion;
        await Server.DisposeAsync();
    }
}
