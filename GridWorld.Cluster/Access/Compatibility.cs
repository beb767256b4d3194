using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;

namespace GridWorld.Cluster;

/// <summary>What home and a worker must have in common.</summary>
/// <param name="Version">The version of GridWorld.</param>
/// <param name="Mathematics">Where the exponential function and the logarithm come from.</param>
/// <param name="Token">What GRIDWORLD_TOKEN contains; empty for none.</param>
internal sealed record Compatibility(string Version, string Mathematics, string Token)
{
    /// <summary>The variable of the environment with the token.</summary>
    public const string TokenVariable = "GRIDWORLD_TOKEN";

    public static Compatibility Here { get; } = new(
        typeof(Sweep).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        string.Join(", ", OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux",
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), Fma.IsSupported ? "FMA" : "no FMA"),
        Environment.GetEnvironmentVariable(TokenVariable) ?? "");

    /// <summary>Why a worker cannot take part; null if it can.</summary>
    /// <param name="worker">The worker's side.</param>
    /// <param name="needsMathematics">Whether results depend on the platform's mathematics.</param>
    public string? Refusal(Compatibility worker, bool needsMathematics)
    {
        if (!CryptographicOperations.FixedTimeEquals(Hash(Token), Hash(worker.Token)))
        {
            return $"The worker's token is not that of home. Set {TokenVariable} to the same value for both"
                + (Token.Length == 0 ? ", or for neither." : ".");
        }

        if (worker.Version != Version)
            return $"The worker has version {Printable.Text(worker.Version)}, home has {Version}. Install the same version.";
        return !needsMathematics || worker.Mathematics == Mathematics ? null
            : $"The worker runs on {Printable.Text(worker.Mathematics)}, home on {Mathematics}. Softmax, UCB and the optimality gap can "
                + "differ in the last bit between them, so this sweep needs machines of one kind.";

        static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Whether results of a sweep depend on the platform's mathematics.</summary>
    public static bool NeedsMathematics(Sweep sweep) => sweep.ToJson() is var json
        && new[] { "\"softmax\"", "\"ucb\"", "\"optimality_gap\"" }.Any(word => json.Contains(word, StringComparison.Ordinal));
}
