using System.Collections.Frozen;

namespace Sluice.Data.Search.Words;

/// <summary>Words that people use for one thing. What a catalog's own tags say counts more.</summary>
internal static class Synonyms
{
    private const string Groups = """
        customer client buyer consumer shopper guest
        supplier vendor provider
        employee staff worker personnel colleague
        product item article goods merchandise
        order purchase
        sale revenue turnover income
        price cost charge fee
        film movie
        actor cast performer star
        song track tune
        artist musician singer band
        album record disc
        user member account
        student pupil learner
        teacher instructor professor lecturer
        course class subject
        team club side franchise
        player athlete batsman batter bowler
        match game fixture
        city town municipality
        country nation
        state province region
        location place site
        store shop outlet branch
        payment transaction
        invoice bill
        delivery shipment shipping dispatch
        carrier airline
        flight trip journey
        aircraft plane airplane
        vehicle car automobile
        constructor manufacturer maker brand
        author writer
        review rating feedback
        category genre kind type
        department division
        salary wage pay compensation earnings
        job position role occupation
        manager boss supervisor
        hospital clinic
        doctor physician
        medicine drug medication
        disease illness diagnosis
        complaint issue grievance
        ticket booking reservation
        loan credit
        crime incident offense
        accident collision crash
        stadium venue ground arena
        goal score point
        winner champion
        phone telephone mobile
        picture image photo
        gender sex
        start begin
        end finish
        birth born birthday
        death died deceased
        quantity count amount
        stock inventory
        basket cart
        discount rebate promotion
        refund return
        contract agreement
        topping ingredient
        population inhabitants
        money dollars usd
        language tongue
        email mail
        hire rental rent
        late delay delayed overdue
        area zone district
        university college
        party
        law bill legislation
        legislator senator representative congressman
        machine device equipment
        weather climate
        visit visitor
        """;

    private static readonly FrozenDictionary<string, string[]> ByStem = Groups.Split('\n')
        .Select(group => group.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(group => group.Select(word => (Stem: Stemmer.Of(word), Others: group.Where(other => other != word))))
        .GroupBy(pair => pair.Stem, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.SelectMany(pair => pair.Others).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>All words that are known here.</summary>
    public static IEnumerable<string> Words { get; } = [.. Groups.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>Other words for what a stem means.</summary>
    public static IReadOnlyList<string> Of(string stem) => ByStem.GetValueOrDefault(stem, []);
}
