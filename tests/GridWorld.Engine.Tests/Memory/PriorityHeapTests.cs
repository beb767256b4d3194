using CsCheck;

namespace GridWorld.Tests;

public class PriorityHeapTests
{
    [Fact]
    public void Greatest_priority_comes_first_and_ties_go_to_the_smaller_number()
    {
        var queue = new PriorityHeap(10);
        foreach (var (pair, priority) in new[] { (7, 1.0), (3, 2.0), (9, 2.0), (1, 0.5), (2, 1.0) })
            queue.Raise(pair, priority);

        Assert.Equal([3, 9, 2, 7, 1], Enumerable.Range(0, 5).Select(_ => queue.Pop()));
        Assert.Equal((0, 5), (queue.Count, queue.Pops));
    }

    [Fact]
    public void Priority_is_raised_but_never_lowered()
    {
        var queue = new PriorityHeap(3);
        foreach (var (pair, priority) in new[] { (0, 1.0), (1, 2.0), (0, 3.0), (0, 0.5), (2, 2.5) })
            queue.Raise(pair, priority);

        Assert.Equal([0, 2, 1], Enumerable.Range(0, 3).Select(_ => queue.Pop()));
    }

    [Fact]
    public void Cleared_queue_forgets_what_waited()
    {
        var queue = new PriorityHeap(3);
        queue.Raise(0, 5);
        queue.Raise(2, 4);

        queue.Clear();
        queue.Raise(2, 1);
        queue.Raise(0, 0.5);

        Assert.Equal([2, 0], [queue.Pop(), queue.Pop()]);
    }

    // Few distinct priorities make many ties. A pair below 0 takes one out; the reference is a dictionary that is searched.
    [Fact]
    public void Queue_does_what_a_search_through_all_pairs_does() =>
        Gen.Select(Gen.Int[-100, 199], Gen.OneOf(Gen.Int[1, 5].Select(i => (double)i), Gen.Double[0, 1])).Array[0, 500].Sample(moves =>
        {
            var queue = new PriorityHeap(200);
            var reference = new Dictionary<int, double>();
            foreach (var (pair, priority) in moves)
            {
                if (pair >= 0)
                {
                    queue.Raise(pair, priority);
                    reference[pair] = Math.Max(priority, reference.GetValueOrDefault(pair));
                }
                else if (reference.Count > 0)
                {
                    int expected = reference.OrderByDescending(e => e.Value).ThenBy(e => e.Key).First().Key;
                    reference.Remove(expected);
                    Assert.Equal(expected, queue.Pop());
                    if (pair < -90)
                        queue = Copy(queue);
                }

                Assert.Equal(reference.Count, queue.Count);
            }
        }, iter: 500);

    static PriorityHeap Copy(PriorityHeap queue)
    {
        var state = new StateWriter();
        queue.Save(state);
        var copy = new PriorityHeap(200);
        copy.Load(new(state.Sections));
        return copy;
    }
}
