namespace GridWorld;

/// <summary>The target of any action that is taken in a cell with the teleport's character.</summary>
/// <param name="X">Column of the target, from 0.</param>
/// <param name="Y">Row of the target, from 0 at the top.</param>
/// <param name="Reward">The reward. Default null, which means the reward of entering the target.</param>
public readonly record struct Teleport(int X, int Y, double? Reward = null);
