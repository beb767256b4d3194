namespace GridWorld;

/// <summary>The actions of a world and their order.</summary>
public enum MoveSet
{
    /// <summary>Up, right, down, left.</summary>
    Four,

    /// <summary>King's moves: <see cref="Four"/>, then the diagonals, clockwise from up-right.</summary>
    Eight,

    /// <summary><see cref="Eight"/>, then stay.</summary>
    Nine,

    /// <summary><see cref="Eight"/> with MovingAI's rules: a diagonal costs √2 times as much and cannot cut a corner.</summary>
    Octile,

    /// <summary>Left, down, right, up: the order of Gymnasium's FrozenLake, so that tables can be exchanged with it.</summary>
    FrozenLake,
}
