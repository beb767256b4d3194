namespace GridWorld;

/// <summary>The actions of a world, in their order.</summary>
public enum MoveSet
{
    /// <summary>Up, right, down, left.</summary>
    Four,

    /// <summary>King's moves: <see cref="Four"/>, then the diagonals clockwise from up-right.</summary>
    Eight,

    /// <summary>King's moves and stay.</summary>
    Nine,

    /// <summary>King's moves by MovingAI's rules: a diagonal costs √2 and may not cut a corner.</summary>
    Octile,

    /// <summary>Left, down, right, up: Gymnasium's order, so that tables can be exchanged with its FrozenLake.</summary>
    FrozenLake,
}
