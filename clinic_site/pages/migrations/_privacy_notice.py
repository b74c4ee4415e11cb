"""The model text of a notice of privacy practices, which a clinic under HIPAA has to publish.

What it must say is in 45 CFR 164.520, which also gives the words in capitals. A new site has it as
a draft; it can’t be published before somebody says that it is checked.
"""

TITLE = "Notice of privacy practices"
SLUG = "privacy-practices"

INTRODUCTION = (
    "<p>THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED AND HOW "
    "YOU CAN GET ACCESS TO THIS INFORMATION. PLEASE REVIEW IT CAREFULLY.</p>"
)

CHECK_FIRST = (
    "This is a model text, not legal advice. Your lawyer checks all of it before you publish: "
    "whether HIPAA applies to you (it does if you send claims electronically), what California law "
    "adds, the words in capitals (45 CFR 164.520), and records of substance use treatment (42 CFR "
    "Part 2). Fill in what’s in square brackets. then check the box below."
)

_TEXT = """
<h2>How we use and share your information</h2>
<p>We may use and share it without asking you each time:</p>
<ul><li><b>To treat you.</b> We write down what we find and do, and may talk about it with others
who treat you, like your doctor.</li>
<li><b>To get paid.</b> We may send bills and records to you, your health plan or whoever
pays.</li>
<li><b>To run the clinic.</b> We use records to check our work, train our people and remind you of
visits.</li></ul>
<p>In some cases the law lets us or makes us share it: to report a disease, abuse or a serious
threat; to health agencies that check on us; for workers’ compensation; with a court order, or
with the police within strict limits; for research under special rules; and with coroners or organ
donation programs. We share no more than is needed.</p>
<h2>Only with your permission</h2>
<p>Unless the law says otherwise, we ask for your written permission before we use or share your
information for marketing, sell it, or share notes of psychotherapy. The same goes for anything
this notice doesn’t name. You can take your permission back in writing at any time, for everything
from then on.</p>
<p>Tell us if we may talk with your family or friends about your care. If you can’t tell us, we
may share what’s needed if we believe it’s best for you.</p>
<p>If we get records of treatment for substance use, they have extra protection. They aren’t used
against you in court or by the authorities without your written consent or a court order.</p>
<h2>Your rights</h2>
<ul><li><b>See it and get a copy.</b> On paper or electronically, usually within 30 days. [In
California often sooner.] We may charge a reasonable fee.</li>
<li><b>Have it corrected.</b> If we say no, we’ll tell you why in writing within 60 days.</li>
<li><b>Choose how we reach you.</b> For example only on your cell phone, or by mail.</li>
<li><b>Ask us to limit what we share.</b> We may say no, with one exception: if you paid for a
visit in full yourself, we won’t tell your health plan about it, unless the law makes us.</li>
<li><b>Get a list of who we shared it with.</b> It covers up to six years, without the sharing for
treatment, payment and running the clinic. One list a year is free.</li>
<li><b>Get this notice on paper.</b> Ask at the front desk any time.</li>
<li><b>Have someone act for you.</b> A legal guardian, or someone with your medical power of
attorney.</li></ul>
<h2>What we have to do</h2>
<p>The law requires us to keep your health information private, to give you this notice, to follow
it, and to tell you promptly if a breach may have put your information at risk.</p>
<p>We may change this notice. The new one then covers all information we have. You’ll find it here
and at the front desk.</p>
<h2>Questions and complaints</h2>
<p>Ask [name or title of your privacy contact], by phone or email as at the bottom of this page.
If you think we’ve violated your rights, you can complain to us, or to the U.S. Department of
Health and Human Services, Office for Civil Rights, at <a
href="https://www.hhs.gov/hipaa/filing-a-complaint">hhs.gov</a>. We won’t hold it against you.</p>
<p>This notice takes effect on [date].</p>
"""

BODY = [
    {"type": "check_first", "value": {"note": CHECK_FIRST, "checked": False}},
    {"type": "text", "value": " ".join(_TEXT.split())},
]
