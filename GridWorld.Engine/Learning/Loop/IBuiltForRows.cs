namespace GridWorld;

/// <summary>A learner whose own code is compiled for the number of actions, as that of the loop is.</summary>
internal interface IBuiltForRows
{
    TrainingLoop Build<TRow>(LoopBuilder loop) where TRow : struct, IRow;
}
