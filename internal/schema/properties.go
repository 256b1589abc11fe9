package schema

import (
	"fmt"
	"slices"
	"strings"

	"kennishub/internal/diag"
)

// The tables hold what a hub has a meaning for, out of the thousands of names of
// https://schema.org. A name that is wanted and stands there may be added.

// properties are what a field of a page can say of it.
var properties = strings.Fields(`
	alternateName description identifier image name sameAs subjectOf url

	abstract about audience citation creativeWorkStatus encoding genre hasPart headline inLanguage isAccessibleForFree
	isBasedOn isPartOf keywords license mentions spatialCoverage temporalCoverage text timeRequired usageInfo version

	author contributor copyrightHolder creator creditText editor funder funding maintainer provider publisher
	sourceOrganization sponsor translator

	dateCreated dateModified datePublished expires

	assesses coursePrerequisites educationalAlignment educationalLevel educationalUse learningResourceType teaches

	distribution isbn issn measurementTechnique numberOfPages variableMeasured

	duration endDate eventAttendanceMode eventStatus location organizer performer startDate subEvent superEvent

	additionalName address affiliation award contactPoint department email familyName foundingDate givenName
	honorificPrefix honorificSuffix jobTitle knowsAbout logo member memberOf parentOrganization roleName slogan
	subOrganization telephone worksFor

	amount result unitText value

	inDefinedTermSet termCode
`)

// schemaTypes are what a page of a hub can be.
var schemaTypes = strings.Fields(`
	Article BlogPosting Book Chapter CreativeWork CreativeWorkSeries DigitalDocument Guide HowTo Legislation NewsArticle
	PresentationDigitalDocument Poster Report Review ScholarlyArticle SpreadsheetDigitalDocument TechArticle Thesis

	AboutPage CollectionPage ContactPage FAQPage ItemPage ProfilePage QAPage WebPage WebSite

	Answer Course CourseInstance EducationalOccupationalCredential EducationalOccupationalProgram LearningResource Question
	Quiz Syllabus

	AudioObject Clip ImageObject MediaObject PodcastEpisode PodcastSeries VideoObject

	DataCatalog Dataset DefinedTerm DefinedTermSet MobileApplication SoftwareApplication SoftwareSourceCode WebApplication

	BusinessEvent EducationEvent Event EventSeries ExhibitionEvent Hackathon

	CollegeOrUniversity Consortium EducationalOrganization FundingAgency GovernmentOrganization NGO Organization Person
	ResearchOrganization School

	Action FundingScheme Grant Intangible ItemList MonetaryGrant Place Project ResearchProject Service
`)

// citeTypes are those of the Citation Style Language 1.0.2 that the hub can write
// in every form of a reference.
var citeTypes = []string{"report", "article", "article-journal", "book", "chapter", "dataset", "webpage", "document", "speech", "thesis"}

// suggestKnown is the hint for a name that is not in a table that is too long to
// show, "" when it is.
func suggestKnown(name string, table []string, example string) string {
	if slices.Contains(table, name) {
		return ""
	}
	if near := diag.Nearest(name, table); near != "" {
		return fmt.Sprintf("bedoelde je %q?", near)
	}
	return "kies een naam van schema.org, zoals " + example
}
