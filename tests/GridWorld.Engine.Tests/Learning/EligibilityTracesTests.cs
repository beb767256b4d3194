using CsCheck;

namespace GridWorld.Tests;

public class EligibilityTracesTests
{
    [Theory]
    [InlineData(Traces.Accumulating, 4)] // 1·1 + 2·(½ + 1)
    [InlineData(Traces.Replacing, 3)] // 1·1 + 2·1
    public void Second_visit_adds_one_or_sets_one(Traces kind, double expected)
    {
        var (table, traces) = (new QTable(1, 1), new EligibilityTraces(1, kind));

        traces.Visit(0);
        traces.Update(table, 1, 0.5);
        traces.Visit(0);
        traces.Update(table, 2, 0.5);

        Assert.Equal(expected, table[0]);
    }

    [Fact]
    public void Cleared_traces_share_no_later_error()
    {
        var (table, traces) = (new QTable(1, 2), new EligibilityTraces(2, Traces.Accumulating));

        traces.Visit(0);
        traces.Clear();
        traces.Visit(1);
        traces.Update(table, 1, 0.5);

        Assert.Equal([0, 1], table.Values.ToArray());
    }

    // What is visited, and with which step and decay, at random; a dense array is the reference, negligible traces set to 0.
    [Fact]
    public void Sparse_traces_do_what_dense_ones_do() =>
        Gen.Select(Gen.Enum<Traces>(),
        Gen.Select(Gen.Int[0, 99], Gen.Double[-1, 1], Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1], Gen.Const(1e-4))).Array[1, 400])
        .Sample((kind, steps) =>
        {
            var (table, traces) = (new QTable(1, 100), new EligibilityTraces(100, kind));
            var (q, e) = (new double[100], new double[100]);
            foreach (var (pair, step, decay) in steps)
            {
                traces.Visit(pair);
                traces.Update(table, step, decay);
                e[pair] = kind == Traces.Replacing ? 1 : e[pair] + 1;
                for (int i = 0; i < 100; i++)
                {
                    q[i] += step * e[i];
                    e[i] = e[i] * decay < 1e-10 ? 0 : e[i] * decay;
                }
            }

            Assert.Equal(q, table.Values.ToArray());
        }, iter: 300);
}
