#:property PublishAot=false
#:project ../GridWorld.Engine/GridWorld.Engine.csproj
// How long any past episode takes to be run again: dotnet run -c Release bench/rewind.cs -- [EPISODES] [WORLD] [ASKED]

using System.Diagnostics;
using System.Globalization;
using GridWorld;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long episodes = args.Length > 0 ? long.Parse(args[0]) : 1_000_000;
var world = Worlds.Get(args.Length > 1 ? args[1] : "empty-10x10");
int asked = args.Length > 2 ? int.Parse(args[2]) : 500;
var folder = Directory.CreateTempSubdirectory("gridworld-rewind-").FullName;
try
{
    var begun = Stopwatch.GetTimestamp();
    var stored = Run.Start(new(world, new QLearning(), Episodes: episodes), new() { Store = folder });
    await stored;
    Console.WriteLine(
        $"{world.Name}: {episodes:N0} episodes, {stored.Steps:N0} steps in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s; "
        + $"{stored.CheckpointList.Count} checkpoints, {new DirectoryInfo(folder).GetFiles().Sum(f => f.Length) / 1e6:0.0} MB");
    var inMemory = Run.Start(stored.Specification, RunOptions.InMemory);
    await inMemory;
    Console.WriteLine("| run | p50, ms | p99 | greatest |\n|---|---|---|---|");
    Measure("stored, in this process", stored);
    Measure("stored, read from its file", Run.Open(stored.Id, folder));
    Measure("in memory", inMemory);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

void Measure(string name, RunView view)
{
    var random = new Random(1);
    view.ReplayEpisode(1);
    double[] took = [.. Enumerable.Range(0, asked).Select(_ =>
    {
        long episode = random.NextInt64(1, episodes + 1), begun = Stopwatch.GetTimestamp();
        view.ReplayEpisode(episode);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }).Order()];
    Console.WriteLine($"| {name} | {took[asked / 2]:0.0} | {took[asked * 99 / 100]:0.0} | {took[^1]:0.0} |");
}
