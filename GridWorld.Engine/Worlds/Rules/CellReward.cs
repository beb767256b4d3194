namespace GridWorld;

/// <summary>The reward of a step that enters a cell.</summary>
/// <param name="X">Column of the cell, from 0.</param>
/// <param name="Y">Row of the cell, from 0 at the top.</param>
/// <param name="Reward">The reward. Finite.</param>
public readonly record struct CellReward(int X, int Y, double Reward);
