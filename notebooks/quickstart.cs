#:project ../GridWorld.Interactive/GridWorld.Interactive.csproj
#:property PublishAot=false
#:property JsonSerializerIsReflectionEnabledByDefault=false
// An agent learns to cross a part of Berlin, and you watch: dotnet run notebooks/quickstart.cs
// Only the result, as fast as it goes:                    dotnet run notebooks/quickstart.cs -- --headless

using GridWorld;

bool headless = args is ["--headless"];
if (args.Length > 0 && !headless)
{
    Console.Error.WriteLine($"quickstart takes --headless or nothing (got {string.Join(' ', args)}).");
    return 2;
}

// A map of the MovingAI benchmark: 256 × 256 cells, eight directions, a diagonal costs √2. Problem 100 asks for the way between two corners of a block.
string here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var world = World.Load(Path.Combine(here, "..", "data", "movingai", "Berlin_0_256.map"), scenario: 100);

// Nothing is left to chance on this map, so each update may be believed in full: learning rate 1. Every step costs something and all values begin at 0,
// so what has not been tried always looks better than what has: the agent explores without being told to, and epsilon can be 0.
var learner = new QLearning { LearningRate = 1, Epsilon = 0, DiscountFactor = 1 };

// Unhurried it takes a second or two. At 150,000 steps per second there is something to see for a minute; the result is the same to the last bit.
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
var status = run.View.Status();
Console.WriteLine($"""
    {run}
    {run.Steps:N0} steps at {status.StepsPerSecond / 1e6:F1} million a second
    mean return of the last 100 episodes  {status.MeanReturnLast100:F8}
    optimum, found by planning            {plan.StartValue:F8}
    checksum over the Q-table             {status.QChecksum:R}
    """);
return run.State == RunState.Completed ? 0 : 1;
