using System.Globalization;
using CsCheck;

namespace GridWorld.Tests;

public class LearnerFuzzTests
{
    static readonly int Inputs = (int)Long.Count("learners", 10_000, 1_000_000);

    static readonly (LearnerOptions Options, LearnerSetting Setting)[] Settings =
        [.. LearnerCatalog.All.SelectMany(e => e.Create().Settings.Select(s => (e.Create(), s)))];

    static readonly Mdp Cliff = new World(["...", "SCG"], new() { MaxSteps = 20 }).Compile();

    static readonly string[] Pieces =
    [
        "0", "1", "-1", "0.5", "0.001", "1e-320", "1e308", "1e400", "NaN", "Infinity", "-Infinity", "2147483648", "99999999999999999999",
            "1000", "10000", "true", "null", "\"\"", "\"first\"",
        "softmax", "\"ucb\"", "accumulating", "{}", "[", "{\"schedule\":\"power\"}",
            "{\"schedule\":\"linear\",\"from\":1,\"to\":0,\"over\":5}", "{\"schedule\":\"exponential\",\"from\":1,\"factor\":0.5}",
        "{\"schedule\":\"piecewise\",\"points\":[[0,1],[9,0]]}", "{\"schedule\":\"power\",\"from\":1,\"power\":0.8,\"unit\":\"state\"}",
            "\ud800", " 7 ", "+3", "1,5",
    ];

    static readonly Gen<string> Text = Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]),
        Gen.Double.Select(d => d.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Int.Select(i => i.ToString(CultureInfo.InvariantCulture)), Gen.String[0, 12]);

    [Fact]
    public void Any_text_for_any_setting_gives_options_that_train_or_their_faults() =>
        Gen.Select(Gen.Int[0, Settings.Length - 1], Text, Text, Gen.Int[0, 100]).Sample((index, first, second, other) =>
        {
            var (options, setting) = Settings[index];
            var all = options.Settings.ToList();
            try
            {
                options = setting.WithJson(options, first);
                options = all[other % all.Count].WithJson(options, second);
                options.Check();
                if (options is DynaQ { PlanningSteps: > 50 } or DynaQPlus { PlanningSteps: > 50 }
                    or PrioritizedSweeping { PlanningSteps: > 50 })
                    return;
                var loop = Loops.Of(Cliff, options);
                loop.Run(2);
                Assert.True(loop.Episodes > 0);
            }
            catch (InputException e)
            {
                Assert.All(e.Errors, error => Assert.True(error.Length is > 10 and < 600, error));
            }
        }, iter: Inputs);
}
