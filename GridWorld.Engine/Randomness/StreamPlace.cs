namespace GridWorld;

/// <summary>A place in a stream of random numbers: a number of draws after a state.</summary>
internal readonly record struct StreamPlace(Rng Start, int Draws = 0)
{
    /// <summary>The state of the generator that draws the next number.</summary>
    public Rng State
    {
        get
        {
            var state = Start;
            for (int i = 0; i < Draws; i++)
                state.Next();
            return state;
        }
    }
}
