using System.Net;

namespace GridWorld.Tests;

/// <summary>A result that depends on chance is found out as soon as someone else trains the same seed.</summary>
public sealed class ChanceTests
{
    [Fact]
    public async Task A_trial_that_is_not_deterministic_stops_the_sweep_and_is_named()
    {
        using var study = new Study(episodes: 10);
        var home = study.Home();
        var options = new WorkerOptions(IPEndPoint.Parse(home.Address)) { IsClient = true };
        await using var link = await Link.OpenAsync((await options.FindAsync())!, options, TestContext.Current.CancellationToken);
        PaperWorker chance = new(link, "chance"), other = new(link, "other") { Want = 1000 }; // all that there is
        Wait.Until(() => chance.Exchange() is var _ && chance.Held.Count > 0, "There is no work.");
        var unit = chance.Held.First();

        home.Line("worker chance is gone; others get its 1 run"); // it is silent
        Wait.Until(() => other.Exchange() is var _ && other.Held.Contains(unit), "The work is not given to the other.");
        other.Train(unit);
        other.Want = 0;
        other.Exchange();
        chance.Train(unit, result => result with { Hash = $"{result.Hash}, by chance" });
        chance.Want = 0;
        chance.Exchange();

        Assert.True(home.End() == 1, $"{home}");
        Assert.StartsWith($"Trial {unit.Trial} is not deterministic: seed {unit.Seed} was trained twice and gave different results",
            Assert.Single(home.Lines("not deterministic")));
    }
}
