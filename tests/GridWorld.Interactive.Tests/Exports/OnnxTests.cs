using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GridWorld.Tests;

public sealed class OnnxTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("frozen-lake-8x8", 500)]
    [InlineData("windy-kings", 200)]
    [InlineData("cliff-walking", 1)]
    public void Onnx_runtime_takes_the_same_action_with_the_same_values_in_every_state(string world, int episodes)
    {
        var run = Trained.In(Worlds.Get(world), episodes);
        var q = run.Agent().Q;
        int actions = run.World.Actions;

        var file = run.ExportPolicy(folder.At("p.onnx"));

        var (action, values) = Infer(file.Path, [.. Enumerable.Range(0, run.World.States)]);
        Assert.Equal(Enumerable.Range(0, run.World.States).Select(s => (long)Greedy.Of(q.AsSpan(s * actions, actions)).First), action);
        Assert.Equal(q, values);
    }

    [Fact]
    public void World_of_one_state_and_values_that_are_no_numbers_are_models_too()
    {
        var run = ExportFolder.Awkward();

        var (action, values) = Infer(run.ExportPolicy(folder.At("p.onnx")).Path, [0, 1]);

        Assert.Equal([Greedy.Of(run.Agent().Q.AsSpan(0, 4)).First, 0], action);
        Assert.Equal(run.Agent().Q[..8], values);
    }

    [Fact]
    public void Model_tells_where_it_comes_from()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 10, name: "a <b>");
        run.ExportPolicy(folder.At("p.onnx"));

        using var session = new InferenceSession(folder.At("p.onnx"));

        var about = session.ModelMetadata;
        Assert.Equal(("GridWorld", run.Id, "a <b>", "cliff-walking", "up right down left"),
            (about.ProducerName, about.CustomMetadataMap["run_id"], about.CustomMetadataMap["run_name"],
            about.CustomMetadataMap["world"], about.CustomMetadataMap["action_names"]));
    }

    static (long[] Action, double[] Q) Infer(string path, int[] states)
    {
        using var session = new InferenceSession(path);
        var input = new DenseTensor<long>(Array.ConvertAll(states, s => (long)s), [states.Length]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("state", input)], ["action", "q"]);
        return ([.. results[0].AsTensor<long>()], [.. results[1].AsTensor<double>()]);
    }
}
