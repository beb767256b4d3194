using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

/// <summary>
/// The two secrets of a server. The view token is derived from the control token, so one fixed token preserves both across restarts.
/// </summary>
internal sealed class Tokens
{
    public const string Variable = "GRIDWORLD_TOKEN";
    const int Shortest = 43, Longest = 256;

    readonly byte[] controlHash, viewHash;

    Tokens(string control)
    {
        Control = control;
        View = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(control), "gridworld view"u8));
        controlHash = Hash(control);
        viewHash = Hash(View);
    }

    public string Control { get; }

    public string View { get; }

    /// <summary>Creates a control token of 256 random bits.</summary>
    public static Tokens New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Uses a given control token. Error messages never contain it.</summary>
    public static Tokens Given(string token)
    {
        new Faults()
            .Require(token.Length is >= Shortest and <= Longest,
            $"{Variable} must be {Shortest} to {Longest} characters long (got {token.Length}). 32 random bytes as base64url are enough.")
            .Require(token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), 
                $"{Variable} must contain only letters, digits, '-' and '_' (base64url).")
            .ThrowIfAny();
        return new Tokens(token);
    }

    /// <summary>Gets the scope of a token. The comparison takes constant time, so it reveals nothing about the correct token.</summary>
    public Scope ScopeOf(string sent)
    {
        if (sent.Length is 0 or > Longest)
            return Scope.Anonymous;
        var hash = Hash(sent);
        var control = CryptographicOperations.FixedTimeEquals(hash, controlHash);
        var view = CryptographicOperations.FixedTimeEquals(hash, viewHash);
        return control ? Scope.Control : view ? Scope.View : Scope.Anonymous;
    }

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
