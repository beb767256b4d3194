#:project ../GridWorld.Interactive/GridWorld.Interactive.csproj
#:property PublishAot=false
#:property JsonSerializerIsReflectionEnabledByDefault=false
// Watch an agent learn to cross a part of Berlin: dotnet run notebooks/quickstart.cs
// Print only the result, at full speed:           dotnet run notebooks/quickstart.cs -- --headless

using GridWorld;

bool headless = args is ["--headless"];
if (args.Length > 0 && !headless)
{
    Console.Error.WriteLine($"The only option of quickstart is --headless (got {string.Join(' ', args)}).");
    return 2;
}

// A map of the MovingAI benchmark: 256 × 256 cells, eight directions, and a diagonal costs √2.
// Problem 100 asks for the shortest path between two corners of a block.
string here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var world = World.Load(Path.Combine(here, "..", "data", "movingai", "Berlin_0_256.map"), scenario: 100);

// The world is deterministic, so the learning rate can be 1. Every step costs something and all values start at 0 (optimistic
// initialization), so untried actions always look better than tried ones: the agent explores even with epsilon 0.
var learner = new QLearning { LearningRate = 1, Epsilon = 0, DiscountFactor = 1 };

// At full speed, the run takes a second or two. At 150,000 steps per second you can watch it for a minute, with the same result.
var run = world.Train(learner, episodes: 3000, seed: 1, options: new RunOptions { Name = "berlin", Pace = headless ? null : 150_000 });
if (!headless)
{
    await run.ShowAsync();
    run.Stop();
    await run;
    return 0;
}

await run;
var plan = Planner.Solve(world.Compile());
var status = run.Status();
Console.WriteLine($"""
    {run}
    {run.Steps:N0} steps at {status.StepsPerSecond / 1e6:F1} million per second
    mean return of the last 100 episodes  {status.MeanReturnLast100:F8}
    optimum, computed by the planner      {plan.StartValue:F8}
    checksum of the Q-table               {status.QChecksum:R}
    """);
return run.State == RunState.Completed ? 0 : 1;
