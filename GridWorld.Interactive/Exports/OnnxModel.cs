using System.Globalization;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// Writes the greedy policy and the values as an ONNX model. The input is int64 <c>state</c>[n]. The outputs are int64 <c>action</c>[n] (of
/// equal actions, the first) and double <c>q</c>[n, actions]. The model consists of two Gather nodes over constant tables, an operator that
/// every runtime has. Field numbers are those of onnx.proto3 of ONNX 1.12 (IR 8, opset 17).
/// </summary>
internal static class OnnxModel
{
    const int Int64 = 7, Double = 11;

    /// <returns>The number of states.</returns>
    public static long Write(RunView run, Stream to)
    {
        var (agent, world) = (run.Agent(), run.World);
        var policy = new long[world.States];
        for (int s = 0; s < policy.Length; s++)
            policy[s] = Greedy.Of(agent.Q.AsSpan(s * world.Actions, world.Actions)).First;

        var graph = new ProtoMessage()
            .Add(1, Gather("policy_table", "action"))
            .Add(1, Gather("q_table", "q"))
            .Add(2, run.Id)
            .Add(5, Tensor("policy_table", Int64, MemoryMarshal.AsBytes(policy.AsSpan()), world.States))
            .Add(5, Tensor("q_table", Double, MemoryMarshal.AsBytes(agent.Q.AsSpan()), world.States, world.Actions))
            .Add(10, $"The greedy policy of run {run.Id} ({run.Specification.Learner.Name} in {world.Name}) after episode"
            + $" {agent.Episode}, and its action values.")
            .Add(11, Value("state", Int64))
            .Add(12, Value("action", Int64))
            .Add(12, Value("q", Double, world.Actions));
        var model = new ProtoMessage()
            .Add(1, 8)
            .Add(2, "GridWorld")
            .Add(3, Telemetry.Version)
            .Add(7, graph)
            .Add(8, new ProtoMessage().Add(1, "").Add(2, 17))
            .AddEach(14, Metadata(run, agent).Select(pair => new ProtoMessage().Add(1, pair.Key).Add(2, pair.Value)));
        to.Write(model.Bytes);
        return world.States;
    }

    static IEnumerable<(string Key, string Value)> Metadata(RunView run, AgentSnapshot agent) =>
    [
        ("run_id", run.Id), ("run_name", run.Name), ("world", run.World.Name), ("learner", run.Specification.Learner.Name),
        ("episode", Text(agent.Episode)), ("width", Text(run.World.Width)), ("height", Text(run.World.Height)),
            ("action_names", string.Join(' ', run.World.ActionNames)),
    ];

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static ProtoMessage Gather(string table, string output) =>
        new ProtoMessage().Add(1, table).Add(1, "state").Add(2, output).Add(3, $"look_up_{output}").Add(4, "Gather")
        .Add(5, new ProtoMessage().Add(1, "axis").Add(3, 0).Add(20, 2));

    static ProtoMessage Tensor(string name, int type, ReadOnlySpan<byte> content, params ReadOnlySpan<int> shape)
    {
        var tensor = new ProtoMessage();
        foreach (int size in shape)
            tensor.Add(1, size);
        return tensor.Add(2, type).Add(8, name).Add(9, content);
    }

    static ProtoMessage Value(string name, int type, int? columns = null)
    {
        var shape = new ProtoMessage().Add(1, new ProtoMessage().Add(2, "n"));
        if (columns is { } width)
            shape.Add(1, new ProtoMessage().Add(1, width));
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, type).Add(2, shape)));
    }
}
