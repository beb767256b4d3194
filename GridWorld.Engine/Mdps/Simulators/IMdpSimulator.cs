namespace GridWorld;

/// <summary>A simulator of compiled tables, which can be replaced during a run.</summary>
internal interface IMdpSimulator : ISimulator
{
    /// <summary>The same simulator over other tables of the same size.</summary>
    IMdpSimulator Of(Mdp mdp);
}
