namespace GridWorld;

/// <summary>The last n steps of an episode, oldest first, from which an n-step method has not learned yet.</summary>
internal sealed class NStepWindow(int steps)
{
    readonly Entry[] ring = new Entry[steps];
    int first;

    public int Count { get; private set; }

    public bool IsFull => Count == ring.Length;

    public ref Entry this[int age] => ref ring[(first + age) % ring.Length];

    public void Add(in Transition t, double learningRate)
    {
        this[Count] = new(t.State, t.Action, t.Pair, t.Reward, t.Discount, learningRate);
        Count++;
    }

    public void DropOldest()
    {
        first = (first + 1) % ring.Length;
        Count--;
    }

    public readonly record struct Entry(int State, int Action, int Pair, double Reward, double Discount, double LearningRate);
}
